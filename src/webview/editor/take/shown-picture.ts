import type { ChunkPicture } from '../chunk/chunk-picture';

/** The picture of the open chunk as a PNG in its present colours: one pixel a value, the part inside the array. Undefined where none is shown. */
export async function shownPicture(): Promise<ArrayBuffer | undefined> {
  const shown = document.querySelector<ChunkPicture>('chunk-picture')?.shown;
  if (shown === undefined) return undefined;
  const canvas = document.createElement('canvas');
  canvas.width = shown.inside.columns;
  canvas.height = shown.inside.rows;
  canvas.getContext('2d')?.drawImage(shown.image, 0, 0);
  const png = await new Promise<Blob | null>((resolve) => {
    canvas.toBlob(resolve, 'image/png');
  });
  return png?.arrayBuffer();
}
