namespace Local;

internal static class NextSteps
{
    public static string Text(StackFile stack, string? dataOption)
    {
        var data = dataOption is null ? "" : $" --data {dataOption}";
        var connection = stack.Storage.ConnectionString;
        return $"""

              Everything runs. The page is at {stack.Url}ui. Try next:

              1. Upload pictures (any Azure Storage client works: they go into the container "{stack.Storage.Images}")
                   dotnet run --project local -- upload{data} PICTURE-OR-FOLDER...
                   az storage blob upload --container-name {stack.Storage.Images} --file cat.jpg --connection-string "{connection}"
              2. Search by words
                   curl "{stack.Url}api/search?text=a+cat+on+a+sofa"
              3. Search by picture
                   curl --data-binary @cat.jpg -H "Content-Type: image/jpeg" {stack.Url}api/search

              Ctrl-C stops everything; what you uploaded is still there at the next start.

            """;
    }
}
