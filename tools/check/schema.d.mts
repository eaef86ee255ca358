export function hashOfInputs(root: string, server: string): string;
