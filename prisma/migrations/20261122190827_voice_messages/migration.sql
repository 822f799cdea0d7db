-- AlterTable
ALTER TABLE "Attachment" ADD COLUMN     "voice" JSONB;
