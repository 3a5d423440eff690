namespace SearchEmulator.Queries;

/// <summary>Which part of the matches this answer holds, and what the client asks for to go on.</summary>
internal readonly record struct Page(int Skip, int Size, int? NextSkip, int? NextTop)
{
    public static Page Of(SearchRequest request, int matches)
    {
        var size = Math.Min(request.Top ?? SearchRequest.DefaultPage, SearchRequest.MaxPage);
        var after = request.Skip + size;
        var wanted = request.Top is { } top ? top > size : true;
        return wanted && size > 0 && after < matches
            ? new Page(request.Skip, size, after, request.Top - size)
            : new Page(request.Skip, size, null, null);
    }
}
