-- A document with fields set back and contacts taken out.
create or replace function reverted_document(p_document jsonb, p_fields jsonb, p_phones text[], p_emails text[])
returns jsonb
language sql immutable parallel safe set search_path from current
as $$
  select p_document
    - array(select f.key from jsonb_each(p_fields) as f)
    || jsonb_strip_nulls(p_fields)
    || jsonb_build_object(
      'phones', coalesce(p_document -> 'phones', '[]') - coalesce(p_phones, '{}'),
      'emails', coalesce(p_document -> 'emails', '[]') - coalesce(p_emails, '{}')
    );
$$;

comment on function reverted_document(jsonb, jsonb, text[], text[]) is
  'The document with the fields as given (null: the field goes) and without these phones and e-mails.';
