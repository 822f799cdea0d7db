import { useFormatter } from "next-intl";

const units = ["byte", "kilobyte", "megabyte"] as const;

/** Says how large a file is, in the unit that suits it: "340 kB", "2.4 MB". */
export const useFileSize = (): ((bytes: number) => string) => {
  const format = useFormatter();
  return (bytes) => {
    const power = bytes < 1000 ? 0 : bytes < 1_000_000 ? 1 : 2;
    return format.number(bytes / 1000 ** power, {
      style: "unit",
      unit: units[power],
      maximumFractionDigits: power === 2 ? 1 : 0,
    });
  };
};
