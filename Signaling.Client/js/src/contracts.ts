export * from './contracts/messages.js';
export * from './contracts/terms.js';
