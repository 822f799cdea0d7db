-- A notice keeps people by their ids alone: what they are called is read with it, and goes with their account.
UPDATE "Message" SET "notice" = jsonb_set("notice", '{user}', jsonb_build_object('id', "notice" -> 'user' -> 'id'))
WHERE "notice" ? 'user';

UPDATE "Message" SET "notice" = jsonb_set("notice", '{users}', (
  SELECT COALESCE(jsonb_agg(jsonb_build_object('id', person -> 'id') ORDER BY place), '[]')
  FROM jsonb_array_elements("notice" -> 'users') WITH ORDINALITY AS named (person, place)))
WHERE "notice" ? 'users';
