"use client";

import { useTranslations } from "next-intl";
import { useDeferredValue, useEffect, useState } from "react";
import { passwordLength } from "~/shared/auth";

const levels = [
  { key: "strengthWeak", color: "bg-danger" },
  { key: "strengthWeak", color: "bg-danger" },
  { key: "strengthFair", color: "bg-warn" },
  { key: "strengthGood", color: "bg-ok" },
  { key: "strengthStrong", color: "bg-ok" },
] as const;

type Judge = (password: string, ownWords: string[]) => number;

/** The estimator and its word lists are large: they load when somebody begins to type. */
const loadJudge = async (): Promise<Judge> => {
  const [{ ZxcvbnFactory }, { adjacencyGraphs, dictionary }] = await Promise.all([
    import("@zxcvbn-ts/core"),
    import("@zxcvbn-ts/language-common"),
  ]);
  const zxcvbn = new ZxcvbnFactory({ dictionary, graphs: adjacencyGraphs });
  // Its work grows with the length; past 64 characters the answer no longer changes.
  return (password, ownWords) => zxcvbn.check(password.slice(0, 64), ownWords).score;
};

let judgeLoaded: Promise<Judge> | undefined;

type PasswordStrengthProps = {
  password: string;
  /** What an attacker would try first: the person's names. */
  ownWords?: string[];
};

/** How hard a password is to guess: four bars and a word. A hint only; it forbids nothing. */
export function PasswordStrength({ password, ownWords = [] }: PasswordStrengthProps) {
  const t = useTranslations("auth");
  const [judge, setJudge] = useState<Judge>();
  const begun = password !== "";
  useEffect(() => {
    if (!begun) return;
    judgeLoaded ??= loadJudge();
    // Without the estimator (offline, say) the form works as well.
    judgeLoaded.then((loaded) => setJudge(() => loaded)).catch(() => (judgeLoaded = undefined));
  }, [begun]);

  const judged = useDeferredValue(password);
  const score = judge && judged ? judge(judged, ownWords) : undefined;
  const level = score === undefined ? undefined : levels[score];
  if (!begun) return t("passwordHint", passwordLength);
  return (
    <span className="flex items-center gap-2.5">
      <span aria-hidden className="flex w-28 gap-1">
        {[1, 2, 3, 4].map((bar) => (
          <span
            key={bar}
            className={`h-1 flex-1 rounded-full transition-colors ${level && Math.max(score ?? 0, 1) >= bar ? level.color : "bg-line"}`}
          />
        ))}
      </span>
      {level && (
        <span>
          <span className="sr-only">{t("strength")}: </span>
          {t(level.key)}
        </span>
      )}
    </span>
  );
}
