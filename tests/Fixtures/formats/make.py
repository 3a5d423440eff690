"""Writes the pictures of this folder with other programs than the service uses: Pillow, tifffile, ImageMagick, libtiff's tools, avifenc.

Debian 12: apt-get install python3-pil python3-numpy python3-tifffile imagemagick libtiff-tools libavif-bin webp
"""
import io, os, struct, subprocess, zlib
import numpy as np, tifffile
from PIL import Image, ImageCms, ImageDraw

HERE = os.path.dirname(os.path.abspath(__file__))
os.chdir(HERE)
scene = Image.open('../images/scene.png').convert('RGB').resize((96, 64), Image.LANCZOS)
rgb, grey = np.array(scene), np.array(scene.convert('L'))
scene.save('scene.png')


def run(*command):
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)


def tif(name, data, **options):
    tifffile.imwrite(name + '.tif', data, software='', **options)


# TIFF: samples
tif('grey-16', grey.astype('u2') * 257)
tif('grey-32', grey.astype('u4') * 16843009)
tif('grey-32-of-16', grey.astype('u4') * 257)
tif('grey-32-of-8', grey.astype('u4'))
tif('grey-signed', grey.astype('i2') * 200 - 20000)
tif('grey-half', (grey / 255).astype('f2'))
tif('grey-float', (grey / 255).astype('f4'))
tif('grey-float-255', grey.astype('f4'))
tif('grey-float-65535', (grey * 257).astype('f4'))
tif('grey-float-negative', grey.astype('f4') - 100)
tif('grey-double', (grey / 255).astype('f8'))
tif('rgb-float', (rgb / 255).astype('f4'), photometric='rgb')
tif('rgb-32', rgb.astype('u4') * 16843009, photometric='rgb')
linear = np.where(rgb / 255 <= .04045, rgb / 255 / 12.92, ((rgb / 255 + .055) / 1.055) ** 2.4)
tif('rgb-hdr', (linear * 12).astype('f4'), photometric='rgb')
# TIFF: layout
tif('planar', rgb.transpose(2, 0, 1).copy(), planarconfig='separate', photometric='rgb')
tif('tiled', rgb, tile=(32, 32), photometric='rgb')
tif('big', rgb, bigtiff=True, photometric='rgb')
tif('big-endian', rgb, byteorder='>', photometric='rgb')
tif('min-is-white', 255 - grey, photometric='miniswhite')
scene.convert('1').save('bilevel-g4.tif', compression='group4')
scene.convert('P', palette=Image.ADAPTIVE, colors=128).save('palette.tif')
scene.convert('CMYK').save('cmyk.tif', compression='tiff_deflate')
scene.save('jpeg.tif', compression='jpeg')
scene.save('zstd.tif', compression='zstd')
scene.save('lzma.tif', compression='lzma')
run('tiffcp', '-c', 'lerc', 'planar.tif', 'lerc.tif')
lab = ImageCms.buildTransform(ImageCms.createProfile('sRGB'), ImageCms.createProfile('LAB'), 'RGB', 'LAB')
ImageCms.applyTransform(scene, lab).save('lab.tif', compression='tiff_deflate')
jpeg = io.BytesIO()
scene.save(jpeg, 'JPEG', quality=90)
jpeg = jpeg.getvalue()


def ifd(fields, at, following=0):
    """A directory of LONG fields that lies at an offset."""
    return struct.pack('<H', len(fields)) + b''.join(struct.pack('<HHII', tag, 4, 1, value) for tag, value in sorted(fields.items())) + struct.pack('<I', following)


old = {256: 96, 257: 64, 258: 8, 259: 6, 262: 6, 277: 3, 513: 8, 514: len(jpeg)}
open('old-style-jpeg.tif', 'wb').write(b'II*\0' + struct.pack('<I', 8 + len(jpeg)) + jpeg + ifd(old, 0))
xl = {256: 96, 257: 64, 258: 8, 259: 50002, 262: 2, 273: 8, 277: 3, 278: 64, 279: 100}
open('jpeg-xl.tif', 'wb').write(b'II*\0' + struct.pack('<I', 108) + bytes(100) + ifd(xl, 0))
# TIFF: pages
turned = scene.rotate(180)
scene.save('pages.tif', save_all=True, append_images=[turned, scene.resize((48, 32)).rotate(180)], compression='tiff_deflate')
with tifffile.TiffWriter('picture-below-preview.tif') as writer:
    writer.write(np.array(scene.resize((24, 16))), subifds=1, photometric='rgb', subfiletype=1)
    writer.write(rgb, photometric='rgb', compression='zlib')
with tifffile.TiffWriter('preview-unmarked.tif') as writer:
    writer.write(np.array(scene.resize((24, 16))), photometric='rgb')
    writer.write(rgb, photometric='rgb', compression='zlib')
# JPEG
inks = io.BytesIO()
scene.convert('CMYK').save(inks, 'JPEG', quality=92)
inks = inks.getvalue()
at = inks.index(b'\xff\xee')
open('cmyk-no-marker.jpg', 'wb').write(inks[:at] + inks[at + 2 + struct.unpack('>H', inks[at + 2:at + 4])[0]:])
run('convert', 'scene.png', '-colorspace', 'CMYK', '-sampling-factor', '1x1', '-quality', '92', 'cmyk-magick.jpg')
scene.save('progressive-restarts.jpg', quality=90, progressive=True)
run('convert', 'scene.png', '-quality', '90', '-define', 'jpeg:restart-interval=2', 'restarts.jpg')
# BMP
for kind in ('RGB565', 'RGB555', 'ARGB1555', 'ARGB4444'):
    run('convert', 'scene.png', '-define', f'bmp:subtype={kind}', f'{kind.lower()}.bmp')
height, width = grey.shape
pixels = np.dstack([rgb[::-1, :, ::-1], np.zeros_like(grey)[::-1]]).tobytes()
v4 = struct.pack('<IiiHHIIiiIIIIII', 108, width, height, 1, 32, 3, len(pixels), 2835, 2835, 0, 0, 0xFF0000, 0xFF00, 0xFF, 0xFF000000) + b'BGRs' + bytes(48)
open('alpha-all-zero.bmp', 'wb').write(struct.pack('<2sIHHI', b'BM', 14 + 108 + len(pixels), 0, 0, 14 + 108) + v4 + pixels)
# PNG and animations
scene.convert('P', palette=Image.ADAPTIVE, colors=128).save('palette-trns.png', transparency=0)
tone = Image.new('RGBA', (96, 64), (0, 0, 0, 0))
ImageDraw.Draw(tone).ellipse((20, 8, 60, 48), fill=(200, 30, 30, 128))
box = Image.new('RGBA', (96, 64), (0, 0, 0, 0))
ImageDraw.Draw(box).rectangle((40, 20, 80, 60), fill=(20, 40, 200, 255))
frames = [scene.convert('RGBA'), tone, box]
for name in ('none', 'background', 'previous'):
    disposal = ('none', 'background', 'previous').index(name)
    frames[0].save(f'disposal-{name}.png', save_all=True, append_images=frames[1:], duration=100, disposal=[0, disposal, 0], blend=[0, 1, 1])
frames[0].convert('P', palette=Image.ADAPTIVE).save('three.gif', save_all=True, append_images=[turned.convert('P', palette=Image.ADAPTIVE), scene.convert('P', palette=Image.ADAPTIVE)], duration=100)
scene.save('three.webp', save_all=True, append_images=[turned, scene], duration=100, lossless=True)
for index, frame in enumerate((scene, turned, scene)):
    frame.save(f'/tmp/frame-{index}.png')
run('avifenc', '-s', '8', *(f'/tmp/frame-{index}.png' for index in range(3)), 'three.avif')
# ICO
scene.resize((64, 64)).save('sizes.ico', sizes=[(16, 16), (32, 32), (64, 64)])
scene.resize((64, 64)).save('bitmaps.ico', sizes=[(16, 16), (64, 64)], bitmap_format='bmp')
run('convert', 'scene.png', '-resize', '32x32!', '-colors', '16', 'palette.ico')


# Camera raws: what matters of their structure, with a mosaic of noise
def raw(name, head, preview, make=b'', dng=False, orientation=1, jpeg_preview=True):
    mosaic = np.random.default_rng(1).integers(0, 65535, (32, 48)).astype('<u2').tobytes()
    data = 400
    first = {254: 1, 256: 96, 257: 64, 258: 8, 259: 6 if jpeg_preview else 1, 262: 6 if jpeg_preview else 2, 273: data, 274: orientation, 277: 3, 278: 64, 279: len(preview), 330: 220}
    if jpeg_preview:
        first |= {513: data, 514: len(preview)}
    if make:
        first[271] = 380
    if dng:
        first[50706] = 1025
    sub = {254: 0, 256: 48, 257: 32, 258: 16, 259: 1, 262: 32803, 273: data + len(preview), 277: 1, 278: 32, 279: len(mosaic)}
    body = bytearray(data)
    body[0:8] = head
    entries = ifd(first, 0)
    if make:
        entries = entries.replace(struct.pack('<HHII', 271, 4, 1, 380), struct.pack('<HHII', 271, 2, len(make), 380))
        body[380:380 + len(make)] = make
    body[16:16 + len(entries)] = entries
    body[220:220 + len(ifd(sub, 0))] = ifd(sub, 0)
    open(name, 'wb').write(bytes(body) + preview + mosaic)


tiff = b'II*\0' + struct.pack('<I', 16)
raw('preview.dng', tiff, jpeg, dng=True)
raw('preview-rgb.dng', tiff, rgb.tobytes(), dng=True, jpeg_preview=False)
raw('preview.nef', tiff, jpeg, make=b'NIKON CORPORATION\0')
sideways = io.BytesIO()
scene.transpose(Image.ROTATE_90).save(sideways, 'JPEG', quality=90)
raw('sideways.arw', tiff, sideways.getvalue(), make=b'SONY\0')
raw('preview.orf', b'IIRO' + struct.pack('<I', 16), jpeg)
raw('preview.rw2', b'IIU\0' + struct.pack('<I', 16), jpeg)
data = open('sideways.arw', 'rb').read()
open('sideways.arw', 'wb').write(data.replace(struct.pack('<HHII', 274, 4, 1, 1), struct.pack('<HHII', 274, 3, 1, 6)))
data = open('preview.nef', 'rb').read()
open('without-preview.nef', 'wb').write(data.replace(jpeg, bytes(len(jpeg))))
data = bytearray(open('preview.dng', 'rb').read())
data[8:10] = b'CR'
open('preview.cr2', 'wb').write(data)
open('preview.raf', 'wb').write(b'FUJIFILMCCD-RAW 0201FF383501X-T3' + bytes(68) + jpeg + bytes(500))
def iso(kind, *parts): return struct.pack('>I4s', 8 + sum(map(len, parts)), kind) + b''.join(parts)
orientation = b'II*\0' + struct.pack('<I', 8) + ifd({274: 6}, 0).replace(struct.pack('<HHII', 274, 4, 1, 6), struct.pack('<HHII', 274, 3, 1, 6))
open('sideways.cr3', 'wb').write(iso(b'ftyp', b'crx \0\0\0\1crx isom') + iso(b'moov', iso(b'uuid', bytes(16), iso(b'CMT1', orientation))) + iso(b'mdat', sideways.getvalue(), bytes(300)))
