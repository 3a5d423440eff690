using Serverless.Imaging;

namespace Functions.Tests.Imaging;

public sealed class BoundedDecodeTests
{
    private static readonly TimeSpan Long = TimeSpan.FromMinutes(1);

    [Theory]
    [InlineData("large-1201x803.jpg", "JPEG"), InlineData("scene.heic", "HEIC")]
    public void A_decode_that_takes_longer_than_the_limit_is_refused_in_a_sentence(string name, string format) => Assert.Equal(
        $"The {format} image takes longer to decode than the limit of 0.001 s (Limits:MaxDecodeTime).",
        RefusedForItsTime(name));

    [Fact]
    public void A_cancelled_decode_ends_without_its_picture()
    {
        var bytes = PngFile.Black(150, 20_000);
        Assert.NotEmpty(ImageDecoder.Decode(bytes, ImageFormat.Png, 128).Rgb);
        Assert.Throws<NetVips.VipsException>(() => ImageDecoder.Decode(bytes, ImageFormat.Png, 128, new CancellationToken(canceled: true)));
        Assert.ThrowsAny<Exception>(() => ImageDecoder.Decode(Pictures.Bytes("scene.bmp"), ImageFormat.Bmp, 128, new CancellationToken(canceled: true)));
    }

    [Fact]
    public void Work_that_does_not_stop_is_left_and_keeps_its_room_until_it_ends()
    {
        var room = new DecodeRoom(10);
        using var end = new ManualResetEventSlim();
        Assert.Null(BoundedDecode<string>.Run(room, TimeSpan.FromMilliseconds(50), decode =>
        {
            decode.TakeRoom(10);
            decode.Cancellation.WaitHandle.WaitOne();
            end.Wait();
            return "late";
        }));
        Assert.Throws<TimeoutException>(() => room.Take(1, TimeSpan.FromMilliseconds(10)));
        end.Set();
        room.Take(10, Long);
    }

    [Fact]
    public async Task Time_that_is_spent_waiting_for_room_does_not_count()
    {
        var room = new DecodeRoom(10);
        room.Take(10, Long);
        var decode = Task.Run(() => BoundedDecode<string>.Run(room, TimeSpan.FromSeconds(20), work =>
        {
            work.TakeRoom(1);
            return "done";
        }));
        await Task.WhenAny(decode, Task.Delay(50));
        Assert.False(decode.IsCompleted);
        room.Return(10);
        Assert.Equal("done", await decode);
    }

    [Fact]
    public void What_fails_in_the_work_fails_for_the_caller_and_gives_its_room_back()
    {
        var room = new DecodeRoom(10);
        var error = Assert.Throws<InvalidDataException>(() => BoundedDecode<string>.Run(room, Long, decode =>
        {
            decode.TakeRoom(10);
            throw new InvalidDataException("broken");
        }));
        Assert.Equal("broken", error.Message);
        room.Take(10, TimeSpan.Zero);
    }

    [Fact]
    public void More_than_there_is_room_for_is_decoded_alone()
    {
        var room = new DecodeRoom(10);
        room.Take(25, TimeSpan.Zero);
        Assert.Throws<TimeoutException>(() => room.Take(1, TimeSpan.Zero));
        room.Return(25);
        room.Take(1, TimeSpan.Zero);
        Assert.Throws<TimeoutException>(() => room.Take(25, TimeSpan.Zero));
    }

    [Fact]
    public async Task Whoever_comes_first_is_served_first()
    {
        var room = new DecodeRoom(10);
        room.Take(6, Long);
        var large = Task.Run(() => room.Take(10, Long));
        while (!Waits(room))
        {
            await Task.Yield();
        }

        // There would be room for a small one, but the large one came before it.
        Assert.Throws<TimeoutException>(() => room.Take(1, TimeSpan.FromMilliseconds(20)));
        room.Return(6);
        await large;
    }

    /// <summary>Somebody waits: a share that there is room for is not given.</summary>
    private static bool Waits(DecodeRoom room)
    {
        try
        {
            room.Take(4, TimeSpan.Zero);
            room.Return(4);
            return false;
        }
        catch (TimeoutException)
        {
            return true;
        }
    }

    /// <summary>A decode may be done before anybody looks at the clock; of many one is not so quick.</summary>
    private static string RefusedForItsTime(string name)
    {
        var reader = new ImageReader(Microsoft.Extensions.Options.Options.Create(new ImageLimits { MaxDecodeTime = TimeSpan.FromMilliseconds(1) }));
        while (true)
        {
            if (reader.Check(Pictures.Bytes(name)).Reason is { } reason)
            {
                return reason;
            }
        }
    }
}
