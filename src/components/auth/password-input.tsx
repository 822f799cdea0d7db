"use client";

import { Eye, EyeOff } from "lucide-react";
import { useTranslations } from "next-intl";
import { type ComponentProps, useState } from "react";
import { iconButtonClass } from "~/components/ui/icon-button";
import { Input } from "~/components/ui/input";

/** An input for a password, with a button that shows what was typed. */
export function PasswordInput(props: Omit<ComponentProps<"input">, "type">) {
  const t = useTranslations("auth");
  const [shown, setShown] = useState(false);
  const Icon = shown ? EyeOff : Eye;
  return (
    <div className="relative">
      <Input
        {...props}
        type={shown ? "text" : "password"}
        autoCapitalize="none"
        spellCheck={false}
        className="pe-11"
      />
      <button
        type="button"
        aria-label={shown ? t("hidePassword") : t("showPassword")}
        onClick={() => setShown(!shown)}
        className={iconButtonClass("ghost", "absolute inset-y-0 end-0.5 my-auto")}
      >
        <Icon aria-hidden />
      </button>
    </div>
  );
}
