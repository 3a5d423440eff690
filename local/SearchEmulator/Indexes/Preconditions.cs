using SearchEmulator.Http;

namespace SearchEmulator.Indexes;

internal static class Preconditions
{
    public static void Check(string? current, string? ifMatch, string? ifNoneMatch)
    {
        var matches = ifMatch is null || (current is not null && Names(ifMatch, current));
        var noneMatches = ifNoneMatch is null || current is null || !Names(ifNoneMatch, current);
        if (!matches || !noneMatches)
        {
            throw new ServiceException(
                412,
                string.Empty,
                "The precondition given in one of the request headers evaluated to false. No change was made to the resource from this "
                    + "request."
            );
        }
    }

    private static bool Names(string header, string etag) =>
        header.Split(',', StringSplitOptions.TrimEntries).Any(tag => tag == "*" || Plain(tag) == Plain(etag));

    private static string Plain(string tag) => (tag.StartsWith("W/", StringComparison.Ordinal) ? tag[2..] : tag).Trim('"');
}
