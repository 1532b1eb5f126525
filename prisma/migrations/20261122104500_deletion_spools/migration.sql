-- AlterTable
ALTER TABLE "TranscriptDeletion" ADD COLUMN "spools" JSONB;
