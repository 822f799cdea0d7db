import { z } from "zod";
import { protectedProcedure, router } from "~/server/trpc/init";
import { deleteAccountInput, exportSchema } from "~/shared/account";
import { deleteAccount } from "./delete-account";
import { requestExport } from "./export";

/** What concerns everything that somebody has here. */
export const accountRouter = router({
  /** Where a zip of it can be downloaded, once. */
  requestExport: protectedProcedure
    .output(exportSchema)
    .mutation(({ ctx }) => requestExport(ctx.runtime, ctx.user, ctx.sessionId)),

  /** Deletes it, for good. */
  delete: protectedProcedure
    .input(deleteAccountInput)
    .output(z.void())
    .mutation(({ ctx, input }) => deleteAccount(ctx, input)),
});
