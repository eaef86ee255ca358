-- With other secrets than those that complaints were filed under, the public door opened as if nothing were wrong: no receipt worked any more, and new complaints were taken under the
-- wrong pepper. A fingerprint of each tells at the start. Of 256 bits: whoever steals it can check a secret that they have, and find none.

CREATE TABLE secret_fingerprint (
  kind        text        NOT NULL,
  nth         integer     NOT NULL DEFAULT 1,
  fingerprint bytea       NOT NULL,
  used_since  timestamptz NOT NULL DEFAULT now(),
  CONSTRAINT secret_fingerprint_pk PRIMARY KEY (kind, nth),
  CONSTRAINT secret_fingerprint_kind_ck CHECK (kind IN ('receipt_pepper', 'receipt_secret')),
  CONSTRAINT secret_fingerprint_nth_ck CHECK (nth >= 1),
  CONSTRAINT secret_fingerprint_fingerprint_ck CHECK (octet_length(fingerprint) = 32)
);
COMMENT ON TABLE secret_fingerprint IS 'By which the secrets of the public door are known again; the highest number of a kind is in use. A MAC under the secret.';

CREATE TRIGGER secret_fingerprint_refuse_change BEFORE UPDATE OR DELETE OR TRUNCATE ON secret_fingerprint
  FOR EACH STATEMENT EXECUTE FUNCTION recourse_refuse_change();
ALTER TABLE secret_fingerprint ENABLE ALWAYS TRIGGER secret_fingerprint_refuse_change;

-- Intake may keep the first of a kind, and not give it a number: what follows it is the operator's to say.
GRANT SELECT (kind, nth, fingerprint), INSERT (kind, fingerprint) ON secret_fingerprint TO recourse_intake;
