#!/usr/bin/env bash
# Makes the files of this folder anew. Needs libimage-exiftool-perl, libvips-tools and imagemagick; git holds what they made.
set -euo pipefail
cd "$(dirname "$0")"
rm -f ./*.jpg ./*.png ./*.webp ./*.tif ./*.gif ./*.heic ./*.avif ./*.dng ./*.cr2 ./*.cr3 ./*.nef ./*.orf ./*.raf ./*.rw2 ./*.arw
work=$(mktemp -d); trap 'rm -rf "$work"' EXIT
vips thumbnail ../images/scene.png "$work/plain.png" 24
for kind in jpg webp tif gif heic; do vips copy "$work/plain.png" "$work/plain.$kind"; done
vips heifsave "$work/plain.png" "$work/plain.avif" --compression av1

exif=(
  -EXIF:ImageDescription='Two gulls over the harbour of Årsund' -EXIF:Artist='Ana Müller' -EXIF:Copyright='© 2019 Ana Müller'
  -EXIF:Make=Fujifilm -EXIF:Model=X-T3 -EXIF:LensModel='XF35mmF2 R WR' -EXIF:Rating=4
  -EXIF:DateTimeOriginal='2019:05:21 14:03:59' -EXIF:OffsetTimeOriginal=+02:00
  -EXIF:GPSLatitude=48.858370 -EXIF:GPSLatitudeRef=N -EXIF:GPSLongitude=70.5 -EXIF:GPSLongitudeRef=W)
xmp=(
  -XMP-dc:Title='Gulls' -XMP-dc:Title-de='Möwen' -XMP-dc:Description='Two gulls over the harbour of Årsund' -XMP-dc:Subject=gull -XMP-dc:Subject='golden retriever'
  -XMP-dc:Subject=写真 -XMP-dc:Creator='Ana Müller' -XMP-dc:Rights='© 2019 Ana Müller' -XMP-photoshop:Headline='Harbour, in the morning'
  -XMP-photoshop:DateCreated='2019:05:21 14:03:59+02:00' -XMP-xmp:Rating=4 -XMP-tiff:Make=Fujifilm -XMP-tiff:Model=X-T3 -XMP-exifEX:LensModel='XF35mmF2 R WR'
  -XMP-exif:GPSLatitude=48.858370 -XMP-exif:GPSLongitude=-70.5)
iptc=(
  -codedcharacterset=UTF8 -IPTC:ObjectName=Gulls -IPTC:Caption-Abstract='Two gulls over the harbour of Årsund' -IPTC:Keywords=gull -IPTC:Keywords='golden retriever'
  -IPTC:Keywords=写真 -IPTC:By-line='Ana Müller' -IPTC:CopyrightNotice='© 2019 Ana Müller' -IPTC:Headline='Harbour, in the morning'
  -IPTC:DateCreated=2019:05:21 -IPTC:TimeCreated=14:03:59+02:00)

write() { # FROM TO TAGS…
  local from=$1 to=$2; shift 2
  cp "$from" "$to"
  exiftool -q -q -m -overwrite_original -codedcharacterset=UTF8 "$@" "$to"
}

for kind in jpg tif; do write "$work/plain.$kind" "all.$kind" "${exif[@]}" "${iptc[@]}" "${xmp[@]}"; done
for kind in png webp heic avif; do write "$work/plain.$kind" "all.$kind" "${exif[@]}" "${xmp[@]}"; done
write "$work/plain.gif" xmp.gif "${xmp[@]}"
write "$work/plain.jpg" exif.jpg "${exif[@]}"
write "$work/plain.jpg" xmp.jpg "${xmp[@]}"
write "$work/plain.jpg" iptc.jpg "${iptc[@]}"
for raw in dng cr2 nef orf raf rw2; do write "../formats/preview.$raw" "raw.$raw" "${exif[@]}" "${xmp[@]}" || echo "exiftool does not write raw.$raw"; done
for raw in arw cr3; do write "../formats/sideways.$raw" "raw.$raw" "${exif[@]}" "${xmp[@]}" || echo "exiftool does not write raw.$raw"; done

# Encodings.
cp "$work/plain.jpg" iptc-latin.jpg
exiftool -q -q -overwrite_original -charset iptc=latin -IPTC:Caption-Abstract='Café in Zürich' -IPTC:Keywords='Älplermagronen' iptc-latin.jpg
cp "$work/plain.jpg" exif-latin.jpg
exiftool -q -q -overwrite_original -charset exif=latin -EXIF:ImageDescription='Café in Zürich' exif-latin.jpg
write "$work/plain.jpg" comment-unicode.jpg -EXIF:UserComment='Кафе в Цюрихе'
write "$work/plain.jpg" comment-ascii.jpg -EXIF:UserComment='A cafe in Zurich'
write "$work/plain.jpg" comment-big-endian.jpg -ExifByteOrder=MM -EXIF:UserComment='Кафе в Цюрихе' -EXIF:GPSLatitude=10.5 -EXIF:GPSLatitudeRef=S -EXIF:GPSLongitude=20.25 -EXIF:GPSLongitudeRef=E
write "$work/plain.jpg" windows.jpg -EXIF:XPTitle='Möwen' -EXIF:XPComment='Zwei Möwen' -EXIF:XPAuthor='Ana Müller;Bo' -EXIF:XPKeywords='Möwe;Hafen' -EXIF:RatingPercent=75

# Programs that know nothing of one another.
write "$work/plain.jpg" iptc-changed.jpg -XMP-dc:Subject=old -XMP-dc:Title=Old -IPTC:Keywords=new -IPTC:ObjectName=New -Photoshop:IPTCDigest=00112233445566778899aabbccddeeff
write "$work/plain.jpg" iptc-older.jpg -XMP-dc:Subject=new -XMP-dc:Title=New -IPTC:Keywords=old -IPTC:ObjectName=Old -Photoshop:IPTCDigest=new
write "$work/plain.jpg" three-captions.jpg -EXIF:ImageDescription='of EXIF' -XMP-dc:Description='of XMP' -IPTC:Caption-Abstract='of IPTC'
write "$work/plain.jpg" camera-caption.jpg -EXIF:ImageDescription='OLYMPUS DIGITAL CAMERA         ' -XMP-dc:Description='of XMP'
convert all.jpg magick.png
convert all.jpg magick.webp
vips copy all.jpg vips.webp
vips copy all.jpg vips.png
vips copy all.jpg vips.tif
vips heifsave all.jpg vips.heic

# What is wrong.
write "$work/plain.jpg" no-date.jpg -EXIF:DateTimeOriginal='0000:00:00 00:00:00' -EXIF:CreateDate='2031:99:99 00:00:00' -EXIF:Make=Fujifilm
write "$work/plain.jpg" no-place.jpg -EXIF:GPSLatitude=0 -EXIF:GPSLatitudeRef=N -EXIF:GPSLongitude=0 -EXIF:GPSLongitudeRef=E -EXIF:Make=Fujifilm
write "$work/plain.jpg" no-side.jpg -EXIF:GPSLatitude=12 -EXIF:GPSLongitude=13 -EXIF:Make=Fujifilm
