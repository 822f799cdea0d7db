import type { MetadataRoute } from "next";
import { getLocale, getTranslations } from "next-intl/server";
import { paths } from "./(chat)/paths";

/** What an installed Charla is called and looks like, in the language that the browser asks for. */
export default async function manifest(): Promise<MetadataRoute.Manifest> {
  const t = await getTranslations();
  return {
    id: "/",
    start_url: paths.rooms,
    scope: "/",
    display: "standalone",
    lang: await getLocale(),
    name: t("common.appName"),
    short_name: t("common.appName"),
    description: t("common.tagline"),
    theme_color: "#f4f2ee",
    background_color: "#fbfaf8",
    categories: ["social", "communication"],
    icons: [
      { src: "/icons/icon-192.png", sizes: "192x192", type: "image/png" },
      { src: "/icons/icon-512.png", sizes: "512x512", type: "image/png" },
      { src: "/icons/maskable-512.png", sizes: "512x512", type: "image/png", purpose: "maskable" },
    ],
    shortcuts: [{ name: t("rooms.newChat"), url: paths.contacts }],
  };
}
