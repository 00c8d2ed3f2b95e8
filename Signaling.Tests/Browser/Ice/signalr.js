// The npm package as an ES module, from its bundle for script tags.
export const { HttpTransportType, HubConnectionBuilder, LogLevel } = window.signalR;
