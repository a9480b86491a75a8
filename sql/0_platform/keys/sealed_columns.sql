-- Where sealed values rest, and for which place each is sealed: the context is the words here and the id. What rotates
-- keys goes by this list; a test holds it against the columns.
create or replace view sealed_columns as
select
  c.table_name,
  c.column_name,
  c.context,
  c.id_column
  from (
    values
      ('leads', 'pii', 'leads.pii/', 'id'),
      ('upload_changes', 'before_pii', 'leads.pii/', 'lead_id'),
      ('pipeline_dlq', 'sealed', 'pipeline_dlq.sealed/', 'id'),
      ('consents', 'evidence', 'consents.evidence/', 'id'),
      ('webhook_secrets', 'secret', 'webhook_secrets.secret/', 'id')
  ) as c (table_name, column_name, context, id_column);

comment on view sealed_columns is 'One row a column that seal() fills.';
