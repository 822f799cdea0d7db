import { QueryClient } from "@tanstack/react-query";
import { TRPCClientError } from "@trpc/client";

/** An answer, even a refusal, is final; no answer at all is worth asking again. */
const isAnswered = (error: Error): boolean => error instanceof TRPCClientError && Boolean(error.data);

export const createQueryClient = (): QueryClient =>
  new QueryClient({
    defaultOptions: {
      queries: {
        staleTime: 30_000,
        retry: (failures, error) => !isAnswered(error) && failures < 3,
      },
      // A button pressed offline says so at once, and does not act minutes later.
      mutations: { networkMode: "always" },
    },
  });
