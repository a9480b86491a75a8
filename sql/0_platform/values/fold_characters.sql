-- Letters as a US address would have them: compatibility forms taken apart, accents off, dashes and quotes of
-- typographers as ASCII, invisible characters gone. Upper case by the rules of ASCII, so that no locale changes a
-- hash.
create or replace function fold_characters(p_value text)
returns text
language sql immutable strict parallel safe set search_path from current
as $$
  select upper(
    replace(replace(replace(replace(replace(
      translate(
        regexp_replace(
          normalize(
            -- a fraction is a word of its own: 12½ is not 121/2
            regexp_replace(replace(p_value, '´', ''''), e'([\\u00bc-\\u00be\\u2150-\\u215e])', e' \\1', 'g'),
            nfkd
          ),
          e'[\\u0300-\\u036f\\u1ab0-\\u1aff\\u1dc0-\\u1dff\\u20d0-\\u20ff\\ufe20-\\ufe2f'
          '\\u00ad\\u200b-\\u200f\\u202a-\\u202e\\u2060-\\u206f\\ufeff]',
          '', 'g'
        ),
        '‐‑‒–—―−⁄∕‘’‚‛ʼʻʹ′øØłŁđĐðÐıħĦŧŦ',
        '-------//''''''''''''''''OOLLDDDDIHHTT'
      ),
      'ß', 'SS'), 'æ', 'AE'), 'Æ', 'AE'), 'œ', 'OE'), 'Œ', 'OE') collate "C"
  );
$$;

comment on function fold_characters(text) is
  'Upper case, accents off, other Latin letters by their ASCII likeness: Peñasco gives PENASCO. Unicode NFKD.';
