-- AlterTable
ALTER TABLE "Membership" ADD COLUMN     "mutedUntil" TIMESTAMPTZ(3);
