-- AlterTable
ALTER TABLE "Provider" ADD COLUMN     "credentialKind" TEXT,
ADD COLUMN     "settings" JSONB NOT NULL DEFAULT '{}';

-- CreateTable
CREATE TABLE "ProviderSecret" (
    "providerId" UUID NOT NULL,
    "slot" TEXT NOT NULL,
    "secretRowId" UUID NOT NULL,
    "sealed" JSONB NOT NULL,

    CONSTRAINT "ProviderSecret_pkey" PRIMARY KEY ("providerId","slot")
);

-- CreateTable
CREATE TABLE "EndpointCheck" (
    "providerId" UUID NOT NULL,
    "endpoint" TEXT NOT NULL,
    "state" TEXT NOT NULL,
    "reason" TEXT,
    "latencyMs" DOUBLE PRECISION,
    "checkedAt" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "EndpointCheck_pkey" PRIMARY KEY ("providerId","endpoint")
);

-- CreateIndex
CREATE INDEX "ProviderSecret_secretRowId_idx" ON "ProviderSecret"("secretRowId");

-- CreateIndex
CREATE UNIQUE INDEX "Provider_live_name_key" ON "Provider"("projectId", "name") WHERE ("deletedAt" IS NULL);

-- AddForeignKey
ALTER TABLE "ProviderSecret" ADD CONSTRAINT "ProviderSecret_providerId_fkey" FOREIGN KEY ("providerId") REFERENCES "Provider"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "ProviderSecret" ADD CONSTRAINT "ProviderSecret_secretRowId_fkey" FOREIGN KEY ("secretRowId") REFERENCES "Secret"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "EndpointCheck" ADD CONSTRAINT "EndpointCheck_providerId_fkey" FOREIGN KEY ("providerId") REFERENCES "Provider"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- Until now a provider had one key or none. A base URL is kept normalised, so its origin is all before the path.
INSERT INTO "ProviderSecret" ("providerId", "slot", "secretRowId", "sealed")
SELECT "id", 'api_key', "secretRowId",
    "sealedCredential" || jsonb_build_object('origin', substring("baseUrl" FROM '^https?://[^/]+'))
FROM "Provider" WHERE "secretRowId" IS NOT NULL AND "sealedCredential" IS NOT NULL;

UPDATE "Provider" SET "credentialKind" = CASE WHEN "secretRowId" IS NULL THEN 'none' ELSE 'api_key' END;

-- AlterTable
ALTER TABLE "Provider" ALTER COLUMN "credentialKind" SET NOT NULL,
DROP COLUMN "sealedCredential",
DROP COLUMN "secretRowId";
