Console.WriteLine("Local");
