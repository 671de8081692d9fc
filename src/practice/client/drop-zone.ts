import type { DragEvent } from 'react';

/** Makes an element take dropped files. The files stay in the browser; only their names are told. */
export function dropZone(onDrop: (file: File) => void) {
  return {
    onDragOver: (event: DragEvent) => {
      event.preventDefault();
    },
    onDrop: (event: DragEvent) => {
      event.preventDefault();
      for (const file of event.dataTransfer.files) onDrop(file);
    },
  };
}

/** What a chat is told of a file. */
export function kindOf(file: File): 'picture' | 'file' {
  return file.type.startsWith('image/') ? 'picture' : 'file';
}
