-- AlterTable
ALTER TABLE "PriceVersion" ADD COLUMN     "acceptedBy" TEXT,
ADD COLUMN     "contentHash" TEXT,
ADD COLUMN     "entryCount" INTEGER NOT NULL DEFAULT 0,
ADD COLUMN     "notices" TEXT[] DEFAULT ARRAY[]::TEXT[],
ADD COLUMN     "state" TEXT NOT NULL DEFAULT 'accepted';

UPDATE "PriceVersion" SET "entryCount" = jsonb_array_length("entries");

-- AlterTable
ALTER TABLE "PriceOverride" ADD COLUMN     "closedBy" UUID;
