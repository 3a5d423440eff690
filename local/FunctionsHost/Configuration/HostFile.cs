namespace FunctionsHost.Configuration;

/// <summary>host.json, read as leniently as a real host reads it: what is not known is left alone.</summary>
internal sealed record HostFile(IConfiguration Values)
{
    public const string FileName = "host.json";

    public string RoutePrefix => (Values["extensions:http:routePrefix"] ?? "api").Trim('/');

    public static HostFile Load(string app)
    {
        var path = Path.Combine(app, FileName);
        if (!File.Exists(path))
        {
            throw new HostException($"{FileName} is missing in {app}: --app must name the app root.");
        }

        try
        {
            return new HostFile(new ConfigurationBuilder().AddJsonFile(path).Build());
        }
        catch (InvalidDataException e)
        {
            throw new HostException($"{FileName}: {(e.InnerException ?? e).Message}");
        }
    }
}
