-- CreateTable
CREATE TABLE "Hiding" (
    "userId" UUID NOT NULL,
    "roomId" UUID NOT NULL,
    "seq" INTEGER NOT NULL,
    "rev" INTEGER NOT NULL,
    "hiddenAt" TIMESTAMPTZ(3),

    CONSTRAINT "Hiding_pkey" PRIMARY KEY ("userId","roomId","seq")
);

-- CreateIndex
CREATE INDEX "Hiding_roomId_seq_idx" ON "Hiding"("roomId", "seq");

-- CreateIndex
CREATE UNIQUE INDEX "Hiding_roomId_rev_key" ON "Hiding"("roomId", "rev");

-- AddForeignKey
ALTER TABLE "Hiding" ADD CONSTRAINT "Hiding_userId_fkey" FOREIGN KEY ("userId") REFERENCES "User"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Hiding" ADD CONSTRAINT "Hiding_roomId_seq_fkey" FOREIGN KEY ("roomId", "seq") REFERENCES "Message"("roomId", "seq") ON DELETE CASCADE ON UPDATE CASCADE;
