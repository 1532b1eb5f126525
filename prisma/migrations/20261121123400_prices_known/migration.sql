-- AlterTable
ALTER TABLE "PriceVersion" ADD COLUMN     "knownFrom" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP;

-- The first version counts from the beginning of time and was known from when it came.
UPDATE "PriceVersion" SET "knownFrom" = CASE
  WHEN "state" = 'accepted' AND "effectiveFrom" > to_timestamp(0) THEN "effectiveFrom"
  ELSE "createdAt"
END;

-- AlterTable
ALTER TABLE "PriceOverride" ADD COLUMN     "currency" TEXT NOT NULL DEFAULT 'USD',
ADD COLUMN     "knownFrom" TIMESTAMPTZ(3),
ADD COLUMN     "knownUntil" TIMESTAMPTZ(3),
ADD COLUMN     "overrideId" UUID,
ADD COLUMN     "serviceTier" TEXT;

UPDATE "PriceOverride" SET "overrideId" = "id", "knownFrom" = "validFrom";

ALTER TABLE "PriceOverride" ALTER COLUMN "overrideId" SET NOT NULL,
ALTER COLUMN "knownFrom" SET NOT NULL;

-- A row that ended without another one following it was cleared, which becomes a row of its own until something was set again.
WITH "ordered" AS (
  SELECT *, LEAD("validFrom") OVER "card" AS "nextFrom", LEAD("createdBy") OVER "card" AS "nextBy"
  FROM "PriceOverride"
  WINDOW "card" AS (PARTITION BY "projectId", "provider", "model" ORDER BY "validFrom", "id")
), "cleared" AS MATERIALIZED (
  SELECT *, gen_random_uuid() AS "clearId" FROM "ordered"
  WHERE "validUntil" IS NOT NULL AND ("nextFrom" IS NULL OR "nextFrom" > "validUntil")
)
INSERT INTO "PriceOverride"
  ("id", "overrideId", "projectId", "provider", "model", "rates", "validFrom", "validUntil", "knownFrom", "knownUntil", "createdBy", "closedBy")
SELECT gen_random_uuid(), "clearId", "projectId", "provider", "model", '{}'::jsonb,
  "validUntil", NULL::timestamptz, "validUntil", "nextFrom", COALESCE("closedBy", "createdBy"), "nextBy"
FROM "cleared"
UNION ALL
SELECT gen_random_uuid(), "clearId", "projectId", "provider", "model", '{}'::jsonb,
  "validUntil", "nextFrom", "nextFrom", NULL::timestamptz, COALESCE("closedBy", "createdBy"), NULL::uuid
FROM "cleared" WHERE "nextFrom" IS NOT NULL;

-- Until it was ended a row was believed to hold without end. What is left of it is known from then on.
INSERT INTO "PriceOverride"
  ("id", "overrideId", "projectId", "provider", "model", "rates", "validFrom", "validUntil", "knownFrom", "createdBy")
SELECT gen_random_uuid(), "overrideId", "projectId", "provider", "model", "rates",
  "validFrom", "validUntil", "validUntil", "createdBy"
FROM "PriceOverride" WHERE "id" = "overrideId" AND "validUntil" IS NOT NULL;

UPDATE "PriceOverride" SET "knownUntil" = "validUntil", "validUntil" = NULL
WHERE "id" = "overrideId" AND "validUntil" IS NOT NULL;

-- CreateTable
CREATE TABLE "ExchangeRate" (
    "id" UUID NOT NULL,
    "projectId" UUID NOT NULL,
    "currency" TEXT NOT NULL,
    "usdPerUnit" DECIMAL(21,12) NOT NULL,
    "validFrom" TIMESTAMPTZ(3) NOT NULL,
    "knownFrom" TIMESTAMPTZ(3) NOT NULL,
    "knownUntil" TIMESTAMPTZ(3),
    "createdBy" UUID NOT NULL,

    CONSTRAINT "ExchangeRate_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "ExchangeRate_projectId_currency_idx" ON "ExchangeRate"("projectId", "currency");

-- CreateIndex
CREATE INDEX "PriceOverride_knownFrom_idx" ON "PriceOverride"("knownFrom");
