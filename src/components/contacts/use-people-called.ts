"use client";

import { keepPreviousData } from "@tanstack/react-query";
import type { Person } from "~/shared/contacts";
import { trpc } from "~/trpc/react";

/** The people of such a name, from the server; none where nothing is typed. */
export const usePeopleCalled = (
  settled: string,
): { people: readonly Person[]; pending: boolean; error: unknown } => {
  const { data, isPending, isPlaceholderData, error } = trpc.contacts.search.useQuery(
    { query: settled },
    { enabled: settled !== "", placeholderData: keepPreviousData },
  );
  if (settled === "") return { people: [], pending: false, error: null };
  return { people: data ?? [], pending: isPending || isPlaceholderData, error };
};
