/**
 * Evidence: files are hashed, sealed under their case's key and stored while they arrive, and opened again as a stream.
 * Rows and access are the business of libs/cases; a row is written after its file is stored.
 */
export type { FileIdentity } from './content-place';
export { FileStore, type StoreResult } from './file-store';
export { FolderStore } from './folder-store';
export { checkFile, openFile, type FileCondition, type FileToOpen, type OpenResult } from './open-file';
export { DEFAULT_LIMIT_BYTES, receiveFile, type FileToReceive, type ReceivedFile, type ReceiveResult } from './receive-file';
