import sharp from "sharp";
import type { Voice } from "~/shared/attachments";
import { type TestFile, tone } from "./attach";

type Line = { from: "me" | "them"; at: string; says: string };

export interface Talk {
  with: string;
  lines: Line[];
  /** The last messages of theirs that I have not read. */
  unread?: number;
  /** Is looking right now. */
  online?: boolean;
}

/** `time` is a day, as how many ago, and an hour: `0 10:42` is this morning. */
const at = (time: string, from: Line["from"], says: string): Line => ({ at: time, from, says });

/** Who somebody in Mendoza talks to on an ordinary morning: the pictures' people and words. */
export const talks: Talk[] = [
  {
    with: "Nora Vidal",
    lines: [
      at("2 19:20", "them", "¿Qué leemos este mes?"),
      at("2 19:31", "me", "Algo corto, que vengo atrasada"),
      at("2 19:34", "them", "Empezamos con Rulfo, entonces"),
    ],
  },
  {
    with: "Mamá",
    lines: [
      at("1 20:02", "them", "¿Comieron bien?"),
      at("1 20:15", "me", "Sí, hicimos las empanadas con tu receta"),
      at("1 20:16", "them", "❤️"),
    ],
  },
  {
    with: "Keiko Sato",
    lines: [
      at("1 21:10", "them", "The slides are ready. Shall we meet before the talk?"),
      at("1 21:14", "me", "Perfect, see you on Monday!"),
    ],
  },
  {
    with: "Bruno Aguirre",
    online: true,
    lines: [
      at("0 09:44", "me", "¿Firmaste lo del departamento?"),
      at("0 09:51", "them", "Mañana a primera hora. ¿Me pasás el contrato?"),
    ],
  },
  {
    with: "Lucía Rojas",
    online: true,
    unread: 3,
    lines: [
      at("0 10:30", "me", "Ya salí, en un rato estoy"),
      at("0 10:36", "them", "Dale"),
      at("0 10:37", "them", "Hay mucho tránsito en la costanera, andá por el centro"),
      at("0 10:38", "them", "¿Llegaste bien? Avisame cuando puedas"),
    ],
  },
  {
    with: "Inés Navarro",
    online: true,
    lines: [
      at("1 22:04", "me", "¿Seguimos buscando para el fin de semana largo?"),
      at("1 22:10", "them", "Sí, mañana miro con calma y te cuento"),
      at("0 10:28", "them", "¡Buen día! Encontré una cabaña para los cinco, con vista al cerro 🏔️"),
      at(
        "0 10:29",
        "them",
        "Tiene dos habitaciones, parrilla y está a diez minutos del pueblo. Mirá las fotos: https://cabanas.example/potrerillos",
      ),
      at("0 10:33", "me", "¡Qué linda! Yo puedo manejar el primer tramo."),
      at("0 10:34", "me", "¿Cuánto sale por noche?"),
      at("0 10:36", "them", "Menos que la del año pasado, y esta vez con desayuno"),
      at("0 10:37", "them", "Me la guardan hasta el mediodía"),
      at("0 10:39", "me", "Reservala. Aviso a Tomás y a Keiko y armamos la cuenta entre todos"),
      at("0 10:40", "them", "🎉"),
      at("0 10:41", "them", "Hecho. Salimos el viernes a las siete, entonces"),
      at("0 10:42", "me", "Dale, llevo el mate y la música 👍"),
    ],
  },
];

/** The pictures are landscapes: a sky, what stands in it, and the ground. */
const landscapes = {
  "cerro.jpg": {
    width: 1200,
    height: 675,
    sky: "#9cc7d8",
    ground: "#7c8f5c",
    hill: "#d9c8a0",
    sun: "#fdf3d0",
  },
  "lago.jpg": { width: 800, height: 800, sky: "#c98f6d", ground: "#4a7186", hill: "#8ea0b8", sun: "#fbe3b0" },
  "viñedo.jpg": {
    width: 800,
    height: 800,
    sky: "#dcd2bd",
    ground: "#6f7f4e",
    hill: "#a7895c",
    sun: "#ffffff",
  },
  "ruta.jpg": { width: 800, height: 800, sky: "#b8a9c9", ground: "#8b6f5c", hill: "#6d6a86", sun: "#f6d9c4" },
};
export type DemoFile = keyof typeof landscapes | "gastos-mendoza.xlsx" | "termo.wav";

/** A file of the talks, with its bytes. */
export const demoFile = async (name: DemoFile): Promise<TestFile & { voice?: Voice }> => {
  if (name === "gastos-mendoza.xlsx") {
    return { name, type: "application/octet-stream", bytes: Buffer.alloc(48_000, "gastos;") };
  }
  if (name === "termo.wav") {
    const peaks = Array.from(
      { length: 64 },
      (_, n) => 12 + Math.round(80 * Math.abs(Math.sin(n * 0.9) * Math.sin(n / 9))),
    );
    return { ...tone, name, voice: { durationMs: 20_000, peaks } };
  }
  const { width, height, sky, ground, hill, sun } = landscapes[name];
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 100 100" preserveAspectRatio="none" width="${width}" height="${height}">
    <rect width="100" height="100" fill="${sky}"/><ellipse cx="70" cy="28" rx="${(7 * height) / width}" ry="7" fill="${sun}"/>
    <path d="M0 70 L22 44 L38 60 L60 36 L82 58 L100 46 V100 H0 Z" fill="${hill}"/>
    <path d="M0 74 Q50 62 100 72 V100 H0 Z" fill="${ground}"/></svg>`;
  return { name, type: "image/jpeg", bytes: await sharp(Buffer.from(svg)).jpeg({ quality: 90 }).toBuffer() };
};

/** What is said in the group; a line may answer an earlier one and be reacted to. `me` is whoever looks. */
export const group: {
  title: string;
  members: string[];
  lines: {
    at: string;
    from: string;
    says: string;
    /** Of `demoFiles`. */
    files?: DemoFile[];
    answers?: number;
    reactions?: [from: string, emoji: string][];
  }[];
} = {
  title: "Viaje a Mendoza",
  members: ["Inés Navarro", "Bruno Aguirre", "Keiko Sato", "Lucía Rojas"],
  lines: [
    { at: "0 10:44", from: "me", says: "Abro el grupo para no repetir todo cinco veces 😄" },
    {
      at: "0 10:45",
      from: "Inés Navarro",
      says: "La cabaña está reservada: tres noches, con vista al cerro 🏔️",
      files: ["cerro.jpg"],
      reactions: [
        ["me", "😍"],
        ["Lucía Rojas", "😍"],
        ["Keiko Sato", "😍"],
        ["Bruno Aguirre", "🏔️"],
      ],
    },
    { at: "0 10:46", from: "me", says: "¡Qué linda! Yo puedo manejar el primer tramo.", answers: 1 },
    {
      at: "0 10:47",
      from: "Lucía Rojas",
      says: "Y esto es lo que hay cerca",
      files: ["lago.jpg", "viñedo.jpg", "ruta.jpg"],
    },
    {
      at: "0 10:48",
      from: "Bruno Aguirre",
      says: "Armé la lista con los gastos:\n\n- nafta\n- leña\n- entrada al parque",
    },
    { at: "0 10:49", from: "Bruno Aguirre", says: "El total está en `gastos!B12`, **fijate si falta algo**" },
    { at: "0 10:49", from: "Bruno Aguirre", says: "", files: ["gastos-mendoza.xlsx"] },
    {
      at: "0 10:50",
      from: "me",
      says: "Por cabeza queda así:\n```ts\nconst total = 184_500;\nconst cadaUno = total / 5; // 36 900\n```",
    },
    {
      at: "0 10:51",
      from: "Keiko Sato",
      says: "",
      files: ["termo.wav"],
      reactions: [["Inés Navarro", "🧉"]],
    },
    { at: "0 10:52", from: "me", says: "Dale, lo miro en un rato 👍" },
  ],
};

/** Somebody whom I have not answered. */
export const request: Talk = {
  with: "Tomás Ortiz",
  lines: [
    at("0 10:15", "them", "Hola, soy Tomás, el primo de Inés. Me dijo que te escribiera por el viaje."),
    at("0 10:16", "them", "¿Hay lugar para uno más? Llevo carpa por las dudas."),
  ],
};

/** The moment a line was said, in a country three hours behind UTC. */
export const momentOf = ({ at: time }: Pick<Line, "at">): Date => {
  const [daysAgo = "0", clock = "00:00"] = time.split(" ");
  const day = new Date(Date.now() - Number(daysAgo) * 86_400_000);
  const date = new Intl.DateTimeFormat("en-CA", { timeZone: "America/Montevideo" }).format(day);
  return new Date(`${date}T${clock}:00-03:00`);
};
