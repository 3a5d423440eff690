using System.Text;

namespace Serverless.Imaging.Decoders;

/// <summary>The open picture of a decoder process, and its operations.</summary>
internal sealed class OpenPicture(IImageCodec codec, byte[] bytes, ImageFormat format)
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
                    return Shown(Decode(request.Argument));
                case DecoderOperation.Frame:
                    return Shown(codec.Frame(bytes, format, request.Argument));
                case DecoderOperation.Frames:
                    var load = FrameLoad.Pack(codec.AllFrames(bytes, format).Skip(request.Argument), out var count);
                    return (new DecoderReply { Status = DecoderStatus.Done, Frames = count }, load);
                case DecoderOperation.Count:
                    return (new DecoderReply { Status = DecoderStatus.Done, Frames = codec.CountFrames(bytes, format) }, []);
                case DecoderOperation.Facts:
                    return (new DecoderReply { Status = DecoderStatus.Done }, codec.Facts(bytes, format).ToBytes());
                case DecoderOperation.Thumbnail:
                    return (new DecoderReply { Status = DecoderStatus.Done }, codec.Thumbnail(bytes, format, request.Argument));
                default:
                    throw new InvalidDataException($"There is no operation {request.Operation}.");
            }
        }
        catch (Exception refusal) when (refusal is UndecodableException or UnsupportedImageException)
        {
            return (new DecoderReply { Status = DecoderStatus.Refused }, Encoding.UTF8.GetBytes(refusal.Message));
        }
        catch (Exception error)
        {
            return (new DecoderReply { Status = DecoderStatus.Failed }, Encoding.UTF8.GetBytes(error.GetType().Name));
        }
    }

    public ImageHeader Header() => codec.Header(bytes, format);

    public Pixels Decode(int shortSide) => codec.Decode(bytes, format, shortSide);

    private static (DecoderReply Reply, byte[] Payload) Shown(Pixels pixels) =>
        (new DecoderReply { Status = DecoderStatus.Done, Shape = PixelsShape.Of(pixels) }, pixels.Rgb);
}
