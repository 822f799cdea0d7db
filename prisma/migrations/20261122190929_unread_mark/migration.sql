-- AlterTable
ALTER TABLE "Membership" ADD COLUMN     "unreadAfterSeq" INTEGER;
