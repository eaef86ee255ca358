export function hashOfInputs(root: string): string;
