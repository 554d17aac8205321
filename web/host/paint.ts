// Drawings as pictures of points. The drawing is our own and refers to nothing, so the canvas may be read afterwards.

const scale = 2 // stays sharp on paper

// null: this browser cannot
export async function painted(drawing: Blob): Promise<Blob | null> {
  const address = URL.createObjectURL(drawing)
  try {
    const image = await loaded(address)
    const canvas = document.createElement('canvas')
    canvas.width = image.naturalWidth * scale
    canvas.height = image.naturalHeight * scale
    canvas.getContext('2d')!.drawImage(image, 0, 0, canvas.width, canvas.height)
    return await new Promise((done) => canvas.toBlob(done, 'image/png'))
  } catch {
    return null
  } finally {
    URL.revokeObjectURL(address)
  }
}

function loaded(address: string): Promise<HTMLImageElement> {
  return new Promise((done, failed) => {
    const image = new Image()
    image.onload = () => done(image)
    image.onerror = failed
    image.src = address
  })
}
