#!/bin/bash
# Writes every PDF here from the two SVG files and boxes.py. Debian 12: librsvg2-bin (cairo), python3-reportlab, python3-pil, inkscape, libreoffice-draw, ghostscript, qpdf,
# poppler-utils, fonts-dejavu-core. The tests need none of them.
set -e
cd "$(dirname "$0")"
python3 boxes.py
rsvg-convert -f pdf -o cairo.pdf plan.svg
inkscape plan.svg --export-type=pdf --export-filename=inkscape.pdf
soffice --headless --convert-to pdf --outdir /tmp/sheets plan.svg && mv /tmp/sheets/plan.pdf libreoffice.pdf
gs -q -dNOPAUSE -dBATCH -sDEVICE=pdfwrite -o ghostscript.pdf cairo.pdf
rsvg-convert -f pdf -o two.pdf plan.svg first-floor.svg
gs -q -dNOPAUSE -dBATCH -sDEVICE=pdfwrite -o two-ghostscript.pdf two.pdf
qpdf --empty --pages cairo.pdf 1 cairo.pdf 1 -- two-other.pdf
rsvg-convert -b white -w 827 -f png -o /tmp/scan.png plan.svg
/usr/bin/python3 -c "
from PIL import Image
from reportlab.pdfgen import canvas
Image.open('/tmp/scan.png').convert('RGB').save('/tmp/scan.jpg', quality=60)
for kind, name in (('png', 'scan.pdf'), ('jpg', 'scan-jpeg.pdf')):
    sheet = canvas.Canvas(name, pagesize=(595.28, 419.53), invariant=1)
    sheet.setTitle('Ground floor <b>A-101</b>'); sheet.setAuthor('Jane \"Doe\"'); sheet.setKeywords('plan, ground floor')
    sheet.drawImage('/tmp/scan.' + kind, 0, 0, 595.28, 419.53)
    sheet.save()
sheet = canvas.Canvas('not-embedded.pdf', pagesize=(300, 200), invariant=1)
sheet.setFont('Helvetica', 18); sheet.drawString(40, 100, 'Drawing no. A-101'); sheet.rect(30, 90, 200, 40); sheet.showPage()
sheet.linearGradient(0, 0, 300, 200, ('red', 'blue')); sheet.save()
"
qpdf --encrypt secret owner 256 -- cairo.pdf locked.pdf
qpdf --encrypt "" owner 256 -- cairo.pdf owner-locked.pdf
gzip -9nc plan.svg > plan.svgz
for name in cairo inkscape libreoffice ghostscript scan scan-jpeg; do pdftoppm -r 60 -gray -singlefile -png $name.pdf $name; done
pdftoppm -r 150 -gray -cropbox -png boxes.pdf boxes
