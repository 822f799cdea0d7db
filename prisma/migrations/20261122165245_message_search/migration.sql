-- Lets an index on words begin with the room.
CREATE EXTENSION IF NOT EXISTS btree_gin;

-- AlterTable
ALTER TABLE "Message" ADD COLUMN     "searchBody" TEXT NOT NULL DEFAULT '',
ADD COLUMN     "searchWords" tsvector NOT NULL DEFAULT ''::tsvector;

UPDATE "Message" SET "searchBody" = lower("body"),
  "searchWords" = to_tsvector('spanish', lower("body")) || to_tsvector('english', lower("body"));

-- CreateIndex
CREATE INDEX "Message_roomId_searchWords_idx" ON "Message" USING GIN ("roomId" uuid_ops, "searchWords" tsvector_ops);

-- CreateIndex
CREATE INDEX "Message_roomId_searchBody_idx" ON "Message" USING GIN ("roomId" uuid_ops, "searchBody" gin_trgm_ops);
