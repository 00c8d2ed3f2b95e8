import { defineConfig } from 'vite';

export default defineConfig({
  build: { target: 'es2022', sourcemap: true },
  server: {
    // `npm run dev` serves the page with hot reload; the hub runs beside it.
    proxy: { '/signaling': { target: 'http://localhost:5080', ws: true } },
  },
});
