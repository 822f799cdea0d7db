import { Camera, Plus } from "lucide-react";
import { useTranslations } from "next-intl";
import { type ComponentProps, type ReactNode, useRef } from "react";
import { IconButton } from "~/components/ui/icon-button";

type FileButtonProps = Pick<ComponentProps<"input">, "accept" | "capture" | "multiple"> & {
  label: string;
  icon: ReactNode;
  tooltip: NonNullable<ComponentProps<typeof IconButton>["tooltip"]>;
  onChoose: (files: File[]) => void;
};

function FileButton({ label, icon, tooltip, onChoose, ...input }: FileButtonProps) {
  const field = useRef<HTMLInputElement>(null);
  return (
    <>
      <input
        ref={field}
        type="file"
        hidden
        {...input}
        onChange={({ currentTarget }) => {
          onChoose([...(currentTarget.files ?? [])]);
          // The same file again is a change, too.
          currentTarget.value = "";
        }}
      />
      <IconButton label={label} onClick={() => field.current?.click()} tooltip={tooltip}>
        {icon}
      </IconButton>
    </>
  );
}

type AttachProps = { onChoose: (files: File[]) => void };

/** Opens the system's file picker. */
export function AttachButton({ onChoose }: AttachProps) {
  const t = useTranslations("messages.files");
  return (
    <FileButton
      multiple
      label={t("attach")}
      icon={<Plus aria-hidden />}
      tooltip={{ side: "top", align: "start" }}
      onChoose={onChoose}
    />
  );
}

/** Opens the camera at once, which the file picker of many phones hides well. A desk has none to speak of. */
export function CameraButton({ onChoose }: AttachProps) {
  const t = useTranslations("messages.files");
  return (
    <span className="hidden pointer-coarse:inline">
      <FileButton
        accept="image/*"
        capture="environment"
        label={t("camera")}
        icon={<Camera aria-hidden />}
        tooltip={{ side: "top" }}
        onChoose={onChoose}
      />
    </span>
  );
}
