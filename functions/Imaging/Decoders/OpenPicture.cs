using System.Text;
using ImageMagick;
using NetVips;

namespace Serverless.Imaging.Decoders;

/// <summary>The picture that a decoder process has open, and what is asked of it.</summary>
internal sealed class OpenPicture(byte[] bytes, ImageFormat format)
{
    public (DecoderReply Reply, byte[] Payload) Answer(DecoderRequest request)
    {
        try
        {
            switch (request.Operation)
            {
                case DecoderOperation.Open:
                    return (new DecoderReply { Status = DecoderStatus.Done, Header = Header() }, []);
                case DecoderOperation.Decode:
                    var pixels = Decode(request.Argument);
                    return (new DecoderReply { Status = DecoderStatus.Done, Shape = PixelsShape.Of(pixels) }, pixels.Rgb);
                case DecoderOperation.Frame:
                    var frame = ImageDecoder.Frame(bytes, format, request.Argument);
                    return (new DecoderReply { Status = DecoderStatus.Done, Shape = PixelsShape.Of(frame) }, frame.Rgb);
                case DecoderOperation.Frames:
                    var load = FrameLoad.Pack(ImageDecoder.AllFrames(bytes, format).Skip(request.Argument), out var count);
                    return (new DecoderReply { Status = DecoderStatus.Done, Frames = count }, load);
                case DecoderOperation.Count:
                    return (new DecoderReply { Status = DecoderStatus.Done, Frames = ImageDecoder.CountFrames(bytes, format) }, []);
                case DecoderOperation.Thumbnail:
                    return (new DecoderReply { Status = DecoderStatus.Done }, ImageThumbnail.Of(bytes, format, request.Argument, CancellationToken.None));
                default:
                    throw new InvalidDataException($"There is no operation {request.Operation}.");
            }
        }
        catch (Exception refusal) when (refusal is UndecodableException or UnsupportedImageException)
        {
            return (new DecoderReply { Status = DecoderStatus.Refused }, Encoding.UTF8.GetBytes(refusal.Message));
        }
        catch (Exception error) when (error is VipsException or MagickException)
        {
            // The decoders' own messages may hold anything that the file does, so none is passed on.
            return (new DecoderReply { Status = DecoderStatus.Refused }, Encoding.UTF8.GetBytes(
                $"The {format.DisplayName()} image is damaged or cut short: it cannot be decoded to its end."));
        }
        catch (Exception error)
        {
            return (new DecoderReply { Status = DecoderStatus.Failed }, Encoding.UTF8.GetBytes(error.GetType().Name));
        }
    }

    public ImageHeader Header() => ImageDecoder.Header(bytes, format);

    public Pixels Decode(int shortSide) => ImageDecoder.Decode(bytes, format, shortSide);
}
