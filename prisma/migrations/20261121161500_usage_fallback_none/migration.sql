-- Unknown stays unknown until somebody asks for estimates. No release had the other default.
ALTER TABLE "Provider" ALTER COLUMN "usageFallback" SET DEFAULT 'none';
UPDATE "Provider" SET "usageFallback" = 'none';
