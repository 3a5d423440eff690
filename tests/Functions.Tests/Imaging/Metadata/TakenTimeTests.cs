using Serverless.Imaging.Metadata;
using Xunit;

namespace Functions.Tests.Imaging.Metadata;

public class TakenTimeTests
{
    [Theory]
    [InlineData("2019:05:21 14:03:59", "+02:00", "2019-05-21T14:03:59+02:00")]
    [InlineData("2019:05:21 14:03:59", "Z", "2019-05-21T14:03:59+00:00")]
    [InlineData("2019:05:21 14:03:59", null, "2019-05-21T14:03:59 there")]
    [InlineData("2019:05:21 14:03:59", "somewhere", "2019-05-21T14:03:59 there")]
    [InlineData("2019-05-21 14:03:59 ", "-0530", "2019-05-21T14:03:59-05:30")]
    [InlineData("2019:05:21 14:03:59", "+99:00", "2019-05-21T14:03:59 there")]
    [InlineData("0000:00:00 00:00:00", null, null)]
    [InlineData("    :  :     :  :  ", null, null)]
    [InlineData("2019:13:01 00:00:00", null, null)]
    [InlineData("0001:01:01 00:00:00", "+14:00", null)]
    [InlineData("9999:12:31 23:59:59", "-14:00", null)]
    [InlineData("yesterday", null, null)]
    [InlineData(null, "+02:00", null)]
    public void Exif_tells_the_time_and_apart_from_it_the_offset(string? time, string? offset, string? expected) =>
        Assert.Equal(expected, Text(TakenTime.OfExif(time, offset)));

    [Theory]
    [InlineData("20190521", "140359+0200", "2019-05-21T14:03:59+02:00")]
    [InlineData("20190521", "140359", "2019-05-21T14:03:59 there")]
    [InlineData("20190521", "noon", "2019-05-21T00:00:00 there")]
    [InlineData("20190521", "256199+0200", "2019-05-21T00:00:00 there")]
    [InlineData("20190521", null, "2019-05-21T00:00:00 there")]
    [InlineData("00000000", "140359", null)]
    public void Iptc_tells_a_date_and_perhaps_a_time(string? date, string? time, string? expected) =>
        Assert.Equal(expected, Text(TakenTime.OfIptc(date, time)));

    [Theory]
    [InlineData("2019-05-21T14:03:59.25+02:00", "2019-05-21T14:03:59+02:00")]
    [InlineData("2019-05-21T14:03Z", "2019-05-21T14:03:00+00:00")]
    [InlineData("2019-05-21T14:03:59", "2019-05-21T14:03:59 there")]
    [InlineData("2019-05-21", "2019-05-21T00:00:00 there")]
    [InlineData("2019-05", "2019-05-01T00:00:00 there")]
    [InlineData("2019", "2019-01-01T00:00:00 there")]
    [InlineData("1503", "1503-01-01T00:00:00 there")]
    [InlineData("19", null)]
    [InlineData("2019-05-21T", null)]
    public void Xmp_tells_as_much_of_a_time_as_is_known(string text, string? expected) =>
        Assert.Equal(expected, Text(TakenTime.OfXmp(text)));

    private static string? Text(TakenTime? taken) =>
        taken is not { } found ? null
        : found.HasOffset ? $"{found.Time:yyyy-MM-ddTHH:mm:sszzz}"
        : $"{found.Time:yyyy-MM-ddTHH:mm:ss} there";
}
