// npm start: builds what is missing, then is the server.
import "./build.js";

process.setSourceMapsEnabled(true);
await import(new URL("../dist/main.js", import.meta.url).href); // which exists by now
