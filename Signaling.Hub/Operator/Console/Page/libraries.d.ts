/** The libraries as the build puts them beside the page. */

declare module '*/uPlot.esm.js' {
  export { default } from 'uplot';
}

declare const signalR: typeof import('@microsoft/signalr');
