using Serverless.Api;

namespace Functions.Tests.Api;

public sealed class ApiOptionsTests
{
    [Theory]
    [InlineData("https://photos.example.com", true)]
    [InlineData("http://localhost:5173", true)]
    [InlineData("*", false)]
    [InlineData("https://*.example.com", false)]
    [InlineData("https://photos.example.com/", false)]
    [InlineData("https://photos.example.com/page", false)]
    [InlineData("photos.example.com", false)]
    [InlineData("file:///page", false)]
    [InlineData("null", false)]
    public void An_origin_is_a_scheme_and_a_host(string origin, bool isOne) =>
        Assert.Equal(isOne, new ApiOptionsRules().Validate(null, new ApiOptions { AllowedOrigins = [origin] }).Succeeded);
}
