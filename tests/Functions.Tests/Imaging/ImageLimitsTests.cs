using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Serverless.Imaging;
using Xunit;

namespace Functions.Tests.Imaging;

public class ImageLimitsTests
{
    [Fact]
    public void The_defaults_are_valid()
    {
        var limits = Limits([]);

        Assert.Equal(
            (50L << 20, 100_000_000L, 100_000, 500_000_000L),
            (limits.MaxBytes, limits.MaxPixels, limits.MaxSide, limits.MaxAnimationPixels)
        );
        Assert.Equal((200_000_000L, TimeSpan.FromSeconds(30)), (limits.MaxPixelsAtOnce, limits.MaxDecodeTime));
    }

    [Theory]
    [InlineData("MaxBytes", "0", "Limits:MaxBytes is 0; a number from 1 to 1073741824 is allowed.")]
    [InlineData("MaxPixels", "-5", "Limits:MaxPixels is -5; a number from 1 to 1000000000 is allowed.")]
    [InlineData("MaxSide", "2000000", "Limits:MaxSide is 2000000; a number from 1 to 1000000 is allowed.")]
    [InlineData("MaxAnimationPixels", "0", "Limits:MaxAnimationPixels is 0; a number from 1 to 100000000000 is allowed.")]
    [InlineData("MaxPixelsAtOnce", "0", "Limits:MaxPixelsAtOnce is 0; a number from 1 to 1000000000 is allowed.")]
    [InlineData("MaxDecodeTime", "01:00:00", "Limits:MaxDecodeTime is 01:00:00; a time from 00:00:00.001 to 00:10:00 is allowed.")]
    public void A_setting_out_of_range_is_named_with_what_is_allowed(string setting, string value, string message)
    {
        var exception = Assert.Throws<OptionsValidationException>(() => Limits(new() { ["Limits:" + setting] = value }));

        Assert.Equal(message, exception.Message);
    }

    private static ImageLimits Limits(Dictionary<string, string?> settings)
    {
        var services = new ServiceCollection();
        services.AddImaging(new ConfigurationBuilder().AddInMemoryCollection(settings).Build());
        return services.BuildServiceProvider().GetRequiredService<IOptions<ImageLimits>>().Value;
    }
}
