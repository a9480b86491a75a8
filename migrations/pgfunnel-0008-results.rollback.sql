-- Drops the shapes.

drop type if exists match_step;
drop type if exists redrive_result;
drop type if exists dead_letter;
drop type if exists consent_receipt;
drop type if exists delivery;
drop type if exists feed_result;
drop type if exists upload_receipt;
