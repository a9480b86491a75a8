-- Text that came from outside, made harmless for HTML: in an element and in a quoted attribute. Control
-- characters, which HTML and XML can't hold or which turn the direction of writing, become a replacement
-- character; line ends and tabs become spaces.
create or replace function html_escape(p_text text)
returns text
language sql immutable strict parallel safe set search_path from current
as $$
  select replace(replace(replace(replace(replace(
      translate(
        p_text,
        e'\t\n\r\x01\x02\x03\x04\x05\x06\x07\x08\x0b\x0c\x0e\x0f\x10\x11\x12\x13\x14\x15\x16\x17\x18\x19\x1a'
        || e'\x1b\x1c\x1d\x1e\x1f\x7f\ufffe\uffff\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069',
        '   ' || repeat(e'\ufffd', 40)
      ),
      '&', '&amp;'), '<', '&lt;'), '>', '&gt;'), '"', '&quot;'), '''', '&#39;');
$$;

comment on function html_escape(text) is 'Text as HTML shows it, without effect as markup. Null gives null.';
